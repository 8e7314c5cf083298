package hudson;

import hudson.remoting.VirtualChannel;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;

public final class FilePath implements Serializable {
    public FilePath(VirtualChannel channel, String remote) {}

    public native String getRemote();

    public native VirtualChannel getChannel();

    public native FilePath child(String relOrAbsolute);

    public native boolean exists() throws IOException, InterruptedException;

    public native void mkdirs() throws IOException, InterruptedException;

    public native void copyFrom(InputStream in) throws IOException, InterruptedException;

    public native InputStream read() throws IOException, InterruptedException;

    public native void renameTo(FilePath target) throws IOException, InterruptedException;

    public native void deleteRecursive() throws IOException, InterruptedException;
}
