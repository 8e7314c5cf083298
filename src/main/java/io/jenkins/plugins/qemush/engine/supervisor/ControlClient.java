package io.jenkins.plugins.qemush.engine.supervisor;

import io.jenkins.plugins.qemush.engine.admission.ProcessIdentity;
import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.failure.QemuShException;
import io.jenkins.plugins.qemush.engine.guest.GuestCommand;
import io.jenkins.plugins.qemush.engine.guest.GuestShell;
import io.jenkins.plugins.qemush.engine.guest.GuestStreams;
import io.jenkins.plugins.qemush.engine.supervisor.ControlRequest.Verb;
import io.jenkins.plugins.qemush.engine.task.TaskRequest;
import io.jenkins.plugins.qemush.engine.vm.request.Limits;
import io.jenkins.plugins.qemush.engine.vm.run.EngineJson;
import io.jenkins.plugins.qemush.engine.vm.run.RunDirectory;
import io.jenkins.plugins.qemush.engine.vm.run.VmDescription;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Speaks to the supervisor of a machine, from any process of the same user. Each call is a connection of its own. */
public final class ControlClient implements GuestShell {
    private static final int CONNECT_TRIES = 200;
    private static final int CONNECT_PAUSE_MILLIS = 10;

    private final RunDirectory directory;

    public ControlClient(RunDirectory directory) {
        this.directory = directory;
    }

    /** Waits until commands can run; throws the machine's failure when they never will. */
    public void awaitReachable() throws IOException, InterruptedException {
        awaitReachable(line -> {});
    }

    /** @param waits hears, in a line, that the machine has to wait for its turn */
    public void awaitReachable(Consumer<String> waits) throws IOException, InterruptedException {
        ask(ControlRequest.of(Verb.AWAIT_REACHABLE), GuestStreams.output(nowhere(), new LineListener(waits)));
    }

    /**
     * Brings a folder of the host into the guest, and most of it while that boots, so that no command has to wait for it.
     * Returns when commands can run.
     *
     * @param waits hears, in a line, that the machine has to wait for its turn
     */
    public void share(SharedFolder folder, Consumer<String> waits) throws IOException, InterruptedException {
        ControlRequest request = ControlRequest.of(Verb.SHARE, Optional.empty(), Optional.of(folder), Optional.empty());
        ask(request, GuestStreams.output(nowhere(), new LineListener(waits)));
    }

    @Override
    public int run(GuestCommand command, GuestStreams streams) throws IOException, InterruptedException {
        return run(command, List.of(), streams);
    }

    /**
     * Runs a command with folders of the host: brought into the guest before, and back behind it.
     *
     * @param folders none within another
     * @throws HostFailure when there are several and the machine's supervisor, of an older version, knows only one
     */
    public int run(GuestCommand command, List<SharedFolder> folders, GuestStreams streams)
            throws IOException, InterruptedException {
        if (folders.size() > 1) {
            demandSeveralFolders();
        }
        return ask(ControlRequest.execute(command, folders), streams).status();
    }

    /**
     * Runs a command of a step of Jenkins.
     *
     * @param folder brought into the guest before, and back behind the command
     * @param temporary folders of Jenkins beside workspaces, whose files the command finds in the guest at the same paths
     */
    public int run(GuestCommand command, SharedFolder folder, List<String> temporary, GuestStreams streams)
            throws IOException, InterruptedException {
        return ask(ControlRequest.execute(command, List.of(folder)).with(temporary), streams)
                .status();
    }

    private void demandSeveralFolders() throws IOException, InterruptedException {
        awaitReachable();
        VmDescription machine = EngineJson.read(directory.description(), VmDescription.class);
        if (machine.protocol() < VmDescription.SEVERAL_FOLDERS) {
            throw new HostFailure(
                    "An older version of qemu-sh started the machine " + machine.name()
                            + ", and shares one folder with a command there, not several.",
                    "Give one --sync, or end the machine (qemu-sh down " + machine.name() + ") and start it again.");
        }
    }

    /** Runs a command on a pty that follows the window's size; {@code streams.in()} is what is typed. */
    public int terminal(GuestCommand command, String term, TerminalWindow window, GuestStreams streams)
            throws IOException, InterruptedException {
        ControlRequest.Terminal terminal = new ControlRequest.Terminal(term, window.columns(), window.rows());
        return ask(
                        ControlRequest.of(Verb.TERMINAL, Optional.of(command), Optional.empty(), Optional.of(terminal)),
                        streams,
                        sender -> sender.follow(window))
                .status();
    }

    /**
     * Has a command of Jenkins' {@code sh} step launched in the guest and returns when the guest has all it needs for
     * that; the control directory tells of the rest. Waits for a guest that still boots.
     *
     * @param folder brought into the guest before, and back before the result
     * @param temporary folders of Jenkins beside workspaces, whose files the task finds in the guest at the same paths
     * @throws io.jenkins.plugins.qemush.engine.failure.QemuShException why it is not launched
     */
    public void startTask(TaskRequest task, Optional<SharedFolder> folder, List<String> temporary)
            throws IOException, InterruptedException {
        ask(ControlRequest.startTask(task, folder).with(temporary), GuestStreams.output(nowhere(), nowhere()));
    }

    /**
     * Ends processes in the guest: TERM, and KILL to what is left after two seconds.
     *
     * @param variable {@code NAME=value} in their environment, {@code JENKINS_SERVER_COOKIE=durable-…} for instance
     */
    public void killTasks(String variable) throws IOException, InterruptedException {
        ask(ControlRequest.killTasks(variable), GuestStreams.output(nowhere(), nowhere()));
    }

    /**
     * Takes a machine that stands by.
     *
     * @param ends whether it ends when this process does
     * @param limits how long it may go on from now on, with commands and without
     * @return false when somebody else has it
     */
    public boolean take(boolean ends, Limits limits) throws IOException, InterruptedException {
        Optional<ProcessIdentity> taker = ends ? Optional.of(ProcessIdentity.ofThisProcess()) : Optional.empty();
        return ask(ControlRequest.take(taker, limits), GuestStreams.output(nowhere(), nowhere()))
                        .status()
                == 0;
    }

    /** Sets how long the machine may go on from now on; for a machine that was taken with no limit for its whole time. */
    public void limit(Limits limits) throws IOException, InterruptedException {
        ask(ControlRequest.limit(limits), GuestStreams.output(nowhere(), nowhere()));
    }

    /** What the machine does; {@link VmState#DEAD} when nobody answers. */
    public VmState state() throws IOException, InterruptedException {
        if (!SupervisorLock.isHeld(directory)) {
            return VmState.DEAD;
        }
        if (!Files.exists(directory.controlSocket())) {
            return VmState.BOOTING;
        }
        return ask(ControlRequest.of(Verb.STATUS), GuestStreams.output(nowhere(), nowhere()))
                .state();
    }

    /** Ends the machine and waits until nothing is left of it, dead or alive. */
    public void stop(Duration patience) throws IOException, InterruptedException {
        if (SupervisorLock.isHeld(directory)) {
            long end = System.nanoTime() + patience.toNanos();
            askToStop();
            while (SupervisorLock.isHeld(directory)) {
                if (System.nanoTime() > end) {
                    throw new HostFailure(
                            "The machine did not end within " + patience.toSeconds() + " s.",
                            "Its supervisor's process id is in " + directory.description() + ".");
                }
                Thread.sleep(20);
            }
        }
        directory.delete();
    }

    private void askToStop() throws IOException, InterruptedException {
        try {
            ask(ControlRequest.of(Verb.STOP), GuestStreams.output(nowhere(), nowhere()));
        } catch (QemuShException e) {
            // It ends already: that is waited for.
            System.getLogger(ControlClient.class.getName()).log(System.Logger.Level.DEBUG, "not asked", e);
        }
    }

    private ControlAnswer ask(ControlRequest request, GuestStreams streams) throws IOException, InterruptedException {
        return ask(request, streams, sender -> {});
    }

    /** @param asked told when the request is sent: more frames may follow */
    private ControlAnswer ask(ControlRequest request, GuestStreams streams, Consumer<ClientFrames> asked)
            throws IOException, InterruptedException {
        try (SocketChannel channel = connect()) {
            SocketStreams socket = new SocketStreams(channel);
            ClientFrames sender = new ClientFrames(new DataOutputStream(new BufferedOutputStream(socket.output())));
            sender.ask(request);
            asked.accept(sender);
            sender.feed(streams.in());
            return receive(new DataInputStream(new BufferedInputStream(socket.input())), streams);
        } catch (IOException e) {
            if (Thread.interrupted()) {
                // The channel was closed by the interrupt, which ends the command as well.
                throw new InterruptedException();
            }
            throw e;
        }
    }

    /** The socket's file is there a moment before the supervisor listens on it. */
    private SocketChannel connect() throws IOException, InterruptedException {
        for (int i = 0; i < CONNECT_TRIES; i++) {
            try {
                return SocketChannel.open(UnixDomainSocketAddress.of(directory.controlSocket()));
            } catch (IOException e) {
                if (!SupervisorLock.isHeld(directory)) {
                    throw new FailureFile(directory).read();
                }
                Thread.sleep(CONNECT_PAUSE_MILLIS);
            }
        }
        throw new HostFailure(
                "The machine's supervisor does not answer.", "End it with: qemu-sh down " + directory.name());
    }

    private ControlAnswer receive(DataInputStream in, GuestStreams streams) throws IOException {
        for (Frame frame = next(in); frame != null; frame = next(in)) {
            switch (frame.kind()) {
                case STDOUT -> deliver(frame, streams.out());
                case STDERR -> deliver(frame, streams.err());
                case ANSWER -> {
                    return EngineJson.fromJson(frame.text(), ControlAnswer.class);
                }
                case FAILURE ->
                    throw EngineJson.fromJson(frame.text(), RemoteFailure.class).toException();
                default -> throw new IOException("unexpected frame " + frame.kind());
            }
        }
        throw new FailureFile(directory).read();
    }

    /** The next frame; null when the supervisor is gone, which is no success. */
    private static Frame next(DataInputStream in) {
        try {
            return Frame.readFrom(in);
        } catch (IOException e) {
            return null;
        }
    }

    private static void deliver(Frame frame, OutputStream to) throws IOException {
        to.write(frame.payload());
        to.flush();
    }

    private static OutputStream nowhere() {
        return OutputStream.nullOutputStream();
    }
}
