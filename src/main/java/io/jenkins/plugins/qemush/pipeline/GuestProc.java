package io.jenkins.plugins.qemush.pipeline;

import hudson.FilePath;
import hudson.Launcher;
import hudson.Proc;
import hudson.remoting.FastPipedInputStream;
import hudson.remoting.FastPipedOutputStream;
import hudson.remoting.Future;
import hudson.remoting.RemoteInputStream;
import hudson.remoting.RemoteOutputStream;
import io.jenkins.plugins.qemush.agent.Agent;
import io.jenkins.plugins.qemush.agent.GuestProcess;
import io.jenkins.plugins.qemush.agent.SharedWorkspace;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;

/** A command in the guest, as Jenkins sees a process. */
final class GuestProc extends Proc {
    /** What a shell says of a command that was killed by SIGKILL. */
    private static final int KILLED = 137;

    private final Future<Integer> status;
    private final OfferedStream stdout;
    private final OfferedStream stderr;
    private final OutputStream stdin;

    private GuestProc(Future<Integer> status, OfferedStream stdout, OfferedStream stderr, OutputStream stdin) {
        this.status = status;
        this.stdout = stdout;
        this.stderr = stderr;
        this.stdin = stdin;
    }

    /** Starts a command; of {@code starter} the streams and the directory count. */
    static GuestProc start(
            Agent agent,
            String runDirectory,
            SharedWorkspace workspace,
            List<String> command,
            String title,
            GuestEnvironment environment,
            Launcher.ProcStarter starter)
            throws IOException {
        OfferedStream stdout = starter.stdout() == null ? new OfferedStream(null) : null;
        OutputStream out = stdout != null ? stdout : unclosed(starter.stdout());
        OfferedStream stderr = starter.stderr() == null ? new OfferedStream(out) : null;
        OutputStream err = stderr != null ? stderr : unclosed(starter.stderr());
        InputStream in = starter.stdin();
        FastPipedOutputStream stdin = null;
        if (in == null) {
            stdin = new FastPipedOutputStream();
            in = new FastPipedInputStream(stdin);
        }
        FilePath directory = starter.pwd();
        Future<Integer> status = agent.run(new GuestProcess(
                runDirectory,
                command,
                title,
                environment.variables(),
                directory == null ? null : directory.getRemote(),
                workspace,
                new RemoteInputStream(in, RemoteInputStream.Flag.NOT_GREEDY),
                new RemoteOutputStream(out),
                new RemoteOutputStream(err)));
        return new GuestProc(status, stdout, stderr, stdin);
    }

    /** The caller's own stream: it is his to close. */
    private static OutputStream unclosed(OutputStream out) {
        return new FilterOutputStream(out) {
            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                out.write(bytes, from, length);
            }

            @Override
            public void close() throws IOException {
                flush();
            }
        };
    }

    @Override
    public boolean isAlive() {
        return !status.isDone();
    }

    /** Cuts the connection; the supervisor then kills the command in the guest. */
    @Override
    public void kill() {
        status.cancel(true);
    }

    @Override
    public int join() throws IOException, InterruptedException {
        try {
            return status.get();
        } catch (CancellationException e) {
            return KILLED;
        } catch (InterruptedException e) {
            kill();
            throw e;
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        }
    }

    @Override
    public InputStream getStdout() {
        return stdout == null ? null : stdout.claim();
    }

    @Override
    public InputStream getStderr() {
        return stderr == null || stdout == null ? null : stderr.claim();
    }

    @Override
    public OutputStream getStdin() {
        return stdin;
    }
}
