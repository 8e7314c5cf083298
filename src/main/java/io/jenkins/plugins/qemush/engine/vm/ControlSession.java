package io.jenkins.plugins.qemush.engine.vm;

import io.jenkins.plugins.qemush.engine.guest.GuestStreams;
import io.jenkins.plugins.qemush.engine.guest.GuestTerminal;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;

/** One client of a supervisor: one request, answered. A client that goes away takes its command along. */
final class ControlSession {
    private static final int INPUT_BUFFER = 64 * 1024;

    private final SocketChannel channel;
    private final Supervisor supervisor;
    private final DataInputStream in;
    private final DataOutputStream out;
    private final PipedOutputStream toCommand = new PipedOutputStream();
    private volatile GuestTerminal terminal;

    ControlSession(SocketChannel channel, Supervisor supervisor) {
        this.channel = channel;
        this.supervisor = supervisor;
        this.in = new DataInputStream(Channels.newInputStream(channel));
        this.out = new DataOutputStream(Channels.newOutputStream(channel));
    }

    void serve() {
        try (channel) {
            Frame first = Frame.readFrom(in);
            if (first == null || first.kind() != Frame.Kind.REQUEST) {
                return;
            }
            ControlRequest request = EngineJson.fromJson(first.text(), ControlRequest.class);
            PipedInputStream fromClient = new PipedInputStream(toCommand, INPUT_BUFFER);
            Thread worker = new Thread(() -> answer(request, fromClient), "qemu-sh " + request.verb());
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
    private void readInput() {
        try {
            for (Frame frame = Frame.readFrom(in); frame != null; frame = Frame.readFrom(in)) {
                switch (frame.kind()) {
                    case STDIN -> {
                        toCommand.write(frame.payload());
                        toCommand.flush();
                    }
                    case STDIN_END -> toCommand.close();
                    case RESIZE -> resize(frame.text());
                    default -> throw new IOException("unexpected frame " + frame.kind());
                }
            }
        } catch (IOException e) {
            System.getLogger(ControlSession.class.getName()).log(System.Logger.Level.TRACE, "input ended", e);
        }
    }

    private void resize(String size) {
        String[] numbers = size.split(" ");
        GuestTerminal open = terminal;
        if (open != null && numbers.length == 2) {
            open.resize(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]));
        }
    }

    private void answer(ControlRequest request, InputStream input) {
        try {
            Frame.of(Frame.Kind.ANSWER, EngineJson.toJson(perform(request, input)))
                    .writeTo(out);
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

    private ControlAnswer perform(ControlRequest request, InputStream input) throws IOException, InterruptedException {
        switch (request.verb()) {
            case AWAIT_REACHABLE -> supervisor.awaitReachable();
            case EXECUTE -> {
                return new ControlAnswer(execute(request, input), supervisor.state());
            }
            case TERMINAL -> {
                return new ControlAnswer(terminal(request, input), supervisor.state());
            }
            case STOP -> supervisor.stop();
            case STATUS -> {
                // The state is part of every answer.
            }
        }
        return new ControlAnswer(0, supervisor.state());
    }

    private int execute(ControlRequest request, InputStream input) throws IOException, InterruptedException {
        return supervisor.execute(
                request.command().orElseThrow(),
                request.folder(),
                new GuestStreams(
                        input,
                        new FrameOutputStream(out, Frame.Kind.STDOUT),
                        new FrameOutputStream(out, Frame.Kind.STDERR)));
    }

    private int terminal(ControlRequest request, InputStream input) throws IOException, InterruptedException {
        supervisor.awaitReachable();
        supervisor.commandStarts("terminal");
        ControlRequest.Terminal wanted = request.terminal().orElseThrow();
        try (GuestTerminal opened = supervisor
                .vm()
                .terminal(request.command().orElseThrow(), wanted.type(), wanted.columns(), wanted.rows())) {
            terminal = opened;
            Thread typing = new Thread(() -> type(input, opened), "qemu-sh typing");
            typing.setDaemon(true);
            typing.start();
            opened.output().transferTo(new FrameOutputStream(out, Frame.Kind.STDOUT));
            return opened.exitStatus();
        } catch (IOException e) {
            throw supervisor.vm().explain(e);
        } finally {
            supervisor.commandEnds(ControlAnswer.NO_STATUS);
        }
    }

    private static void type(InputStream input, GuestTerminal terminal) {
        byte[] block = new byte[1024];
        try {
            for (int n = input.read(block); n >= 0; n = input.read(block)) {
                terminal.input().write(block, 0, n);
                terminal.input().flush();
            }
        } catch (IOException e) {
            System.getLogger(ControlSession.class.getName()).log(System.Logger.Level.TRACE, "terminal closed", e);
        }
    }
}
