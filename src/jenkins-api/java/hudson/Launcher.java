package hudson;

import hudson.model.TaskListener;
import hudson.remoting.Channel;
import hudson.remoting.VirtualChannel;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

public abstract class Launcher {
    public native ProcStarter launch();

    public abstract Proc launch(ProcStarter starter) throws IOException;

    public native boolean isUnix();

    public native TaskListener getListener();

    public native VirtualChannel getChannel();

    public abstract void kill(Map<String, String> modelEnvVars) throws IOException, InterruptedException;

    protected final native void maskedPrintCommandLine(List<String> cmd, boolean[] mask, FilePath workDir);

    public final class ProcStarter {
        public native ProcStarter cmds(String... args);

        public native List<String> cmds();

        public native ProcStarter masks(boolean... masks);

        public native boolean[] masks();

        public native boolean quiet();

        public native ProcStarter pwd(FilePath workDir);

        public native FilePath pwd();

        public native ProcStarter stdout(OutputStream out);

        public native OutputStream stdout();

        public native OutputStream stderr();

        public native ProcStarter stdin(InputStream in);

        public native InputStream stdin();

        public native ProcStarter envs(String... overrides);

        public native String[] envs();
    }

    public static class DecoratedLauncher extends Launcher {
        public DecoratedLauncher(Launcher inner) {}

        @Override
        public native Proc launch(ProcStarter starter) throws IOException;

        public native Proc launch(
                String[] cmd, boolean[] mask, String[] env, InputStream in, OutputStream out, FilePath workDir)
                throws IOException;

        public native Proc launch(String[] cmd, String[] env, InputStream in, OutputStream out, FilePath workDir)
                throws IOException;

        public native Channel launchChannel(
                String[] cmd, OutputStream out, FilePath workDir, Map<String, String> envVars)
                throws IOException, InterruptedException;

        @Override
        public native void kill(Map<String, String> modelEnvVars) throws IOException, InterruptedException;

        public native Launcher getInner();
    }
}
