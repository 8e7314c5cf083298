package hudson.slaves;

import hudson.model.Computer;
import hudson.model.TaskListener;
import java.io.IOException;

public abstract class ComputerListener {
    public native void onOnline(Computer c, TaskListener listener) throws IOException, InterruptedException;
}
