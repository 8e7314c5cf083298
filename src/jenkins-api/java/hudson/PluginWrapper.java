package hudson;

public class PluginWrapper {
    private PluginWrapper() {}

    public final ClassLoader classLoader = null;

    public native String getVersion();
}
