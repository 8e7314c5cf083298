package hudson.remoting;

public class Channel implements VirtualChannel {
    private Channel() {}

    @Override
    public native <V, T extends Throwable> Future<V> callAsync(Callable<V, T> callable);
}
