package io.jenkins.plugins.qemush.engine.supervisor;

import io.jenkins.plugins.qemush.engine.guest.GuestStreams;
import io.jenkins.plugins.qemush.engine.guest.GuestTerminal;
import io.jenkins.plugins.qemush.engine.vm.request.Limits;
import io.jenkins.plugins.qemush.engine.vm.run.EngineJson;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/** One client of a supervisor: one request, answered. A client that goes away takes its command along. */
final class ControlSession {
    /** How often a client whose input nobody reads is asked whether it is still there. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(1);

    private final SocketChannel channel;
    private final Supervisor supervisor;
    private final DataInputStream in;
    private final DataOutputStream out;
    private final ClientInput input = new ClientInput();
    private GuestTerminal terminal;

    /** What the client has told before the terminal was open; empty for nothing. */
    private String earlySize = "";

    ControlSession(SocketChannel channel, Supervisor supervisor) {
        this.channel = channel;
        this.supervisor = supervisor;
        SocketStreams socket = new SocketStreams(channel);
        this.in = new DataInputStream(new BufferedInputStream(socket.input()));
        this.out = new DataOutputStream(new BufferedOutputStream(socket.output()));
    }

    void serve() {
        try (channel) {
            Frame first = Frame.readFrom(in);
            if (first == null || first.kind() != Frame.Kind.REQUEST) {
                return;
            }
            ControlRequest request = EngineJson.fromJson(first.text(), ControlRequest.class);
            Thread worker = new Thread(() -> answer(request), "qemu-sh " + request.verb());
            worker.setDaemon(true);
            worker.start();
            readInput();
            worker.interrupt();
            worker.join();
        } catch (IOException e) {
            System.getLogger(ControlSession.class.getName()).log(System.Logger.Level.DEBUG, "client went away", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Until the client goes away, which it does when it has its answer. */
    private void readInput() throws InterruptedException {
        try {
            for (Frame frame = Frame.readFrom(in); frame != null; frame = Frame.readFrom(in)) {
                byte[] payload = frame.payload();
                switch (frame.kind()) {
                    case STDIN -> handOn(patience -> input.offer(payload, patience));
                    case STDIN_END -> handOn(input::offerEnd);
                    case RESIZE -> resize(frame.text());
                    default -> throw new IOException("unexpected frame " + frame.kind());
                }
            }
        } catch (IOException e) {
            System.getLogger(ControlSession.class.getName()).log(System.Logger.Level.TRACE, "input ended", e);
        }
    }

    private interface Offer {
        boolean taken(Duration patience) throws InterruptedException;
    }

    /** Waits until the command takes it; fails when the client has gone away, which a read that is not made cannot tell. */
    private void handOn(Offer offer) throws IOException, InterruptedException {
        while (!offer.taken(HEARTBEAT)) {
            new Frame(Frame.Kind.STDERR, new byte[0]).writeTo(out);
        }
    }

    private synchronized void resize(String size) {
        String[] numbers = size.split(" ");
        if (terminal == null) {
            earlySize = size;
        } else if (numbers.length == 2) {
            terminal.resize(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]));
        }
    }

    private synchronized void opened(GuestTerminal open) {
        terminal = open;
        resize(earlySize);
    }

    private void answer(ControlRequest request) {
        try {
            Frame.of(Frame.Kind.ANSWER, EngineJson.toJson(perform(request))).writeTo(out);
            channel.shutdownOutput();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            tell(e);
        }
    }

    private void tell(Exception failure) {
        try {
            Frame.of(Frame.Kind.FAILURE, EngineJson.toJson(RemoteFailure.of(failure)))
                    .writeTo(out);
            channel.shutdownOutput();
        } catch (IOException e) {
            System.getLogger(ControlSession.class.getName()).log(System.Logger.Level.DEBUG, "nobody to tell", e);
        }
    }

    private void tellWait(String why) {
        try {
            Frame.of(Frame.Kind.STDERR, why + "\n").writeTo(out);
        } catch (IOException e) {
            System.getLogger(ControlSession.class.getName()).log(System.Logger.Level.DEBUG, "nobody to tell", e);
        }
    }

    private ControlAnswer perform(ControlRequest request) throws IOException, InterruptedException {
        switch (request.verb()) {
            case AWAIT_REACHABLE -> {
                supervisor.onWait(this::tellWait);
                supervisor.awaitReachable();
            }
            case SHARE -> {
                supervisor.onWait(this::tellWait);
                supervisor.share(request.folder().orElseThrow());
            }
            case TAKE -> {
                boolean taken =
                        supervisor.take(request.taker(), request.limits().orElse(Limits.DEFAULT));
                return new ControlAnswer(taken ? 0 : 1, supervisor.state());
            }
            case LIMIT -> supervisor.limit(request.limits().orElseThrow());
            case EXECUTE -> {
                return new ControlAnswer(execute(request), supervisor.state());
            }
            case TERMINAL -> {
                return new ControlAnswer(terminal(request), supervisor.state());
            }
            case START_TASK ->
                supervisor.tasks().start(request.task().orElseThrow(), request.folder(), request.temporary());
            case KILL_TASKS -> supervisor.tasks().kill(request.variable().orElseThrow());
            case STOP -> supervisor.stop();
            case STATUS -> {
                // The state is part of every answer.
            }
        }
        return new ControlAnswer(0, supervisor.state());
    }

    private int execute(ControlRequest request) throws IOException, InterruptedException {
        supervisor
                .tasks()
                .bringTemporary(
                        request.temporary(), request.command().orElseThrow().user());
        return supervisor.execute(
                request.command().orElseThrow(),
                request.folders(),
                new GuestStreams(
                        input,
                        new FrameOutputStream(out, Frame.Kind.STDOUT),
                        new FrameOutputStream(out, Frame.Kind.STDERR)));
    }

    private int terminal(ControlRequest request) throws IOException, InterruptedException {
        supervisor.awaitReachable();
        long id = supervisor.use().commandStarts("terminal");
        ControlRequest.Terminal wanted = request.terminal().orElseThrow();
        FrameOutputStream screen = new FrameOutputStream(out, Frame.Kind.STDOUT);
        int status = ControlAnswer.NO_STATUS;
        try (GuestTerminal opened = supervisor
                .vm()
                .terminal(request.command().orElseThrow(), wanted.type(), wanted.columns(), wanted.rows(), screen)) {
            opened(opened);
            opened.type(input);
            status = opened.exitStatus();
            return status;
        } catch (IOException e) {
            throw supervisor.vm().explain(e);
        } finally {
            supervisor.use().commandEnds(id, status);
        }
    }
}
