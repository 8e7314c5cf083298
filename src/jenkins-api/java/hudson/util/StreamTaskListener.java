package hudson.util;

import hudson.model.TaskListener;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;

public class StreamTaskListener implements TaskListener {
    public StreamTaskListener(OutputStream out, Charset charset) {}

    @Override
    public native PrintStream getLogger();
}
