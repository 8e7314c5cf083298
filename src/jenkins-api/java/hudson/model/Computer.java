package hudson.model;

import hudson.EnvVars;
import hudson.remoting.VirtualChannel;
import java.io.IOException;
import java.util.concurrent.ExecutorService;

public abstract class Computer {
    public static final ExecutorService threadPoolForRemoting = null;

    public native String getName();

    public native String getDisplayName();

    public native Node getNode();

    public native boolean isOffline();

    public abstract VirtualChannel getChannel();

    public abstract Boolean isUnix();

    public native EnvVars getEnvironment() throws IOException, InterruptedException;
}
