package io.jenkins.plugins.qemush.engine.sync;

import io.jenkins.plugins.qemush.engine.failure.GuestFailure;
import io.jenkins.plugins.qemush.engine.failure.QemuShException;
import io.jenkins.plugins.qemush.engine.guest.GuestCommand;
import io.jenkins.plugins.qemush.engine.guest.GuestShell;
import io.jenkins.plugins.qemush.engine.guest.GuestStreams;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;

/** One command in the guest that is talked to while it runs: its output decides what it reads next. */
final class GuestDialog {

    /** This side's part of it. Its output is closed for it; what it leaves unread is dropped. */
    @FunctionalInterface
    interface Conversation<T> {
        T talk(InputStream fromGuest, OutputStream toGuest) throws IOException;
    }

    private final GuestShell shell;

    GuestDialog(GuestShell shell) {
        this.shell = shell;
    }

    /**
     * @param purpose completes "The guest could not …"
     * @throws GuestFailure when the command ended with anything but 0
     * @throws IOException from the connection or the conversation
     */
    <T> T hold(String purpose, GuestCommand command, Conversation<T> conversation)
            throws IOException, InterruptedException {
        return hold(purpose, command, conversation, () -> false);
    }

    /**
     * The same, but the command's end is not waited for once it has said all that matters.
     *
     * @param saidAll asked behind the conversation
     */
    <T> T hold(String purpose, GuestCommand command, Conversation<T> conversation, BooleanSupplier saidAll)
            throws IOException, InterruptedException {
        Call call = new Call(shell, command);
        Thread thread = new Thread(call, "qemu-sh sync");
        thread.setDaemon(true);
        thread.start();
        boolean left = false;
        try {
            T result = conversation.talk(call.output.source, call.input.sink);
            call.input.end();
            if (saidAll.getAsBoolean()) {
                left = true;
                return result;
            }
            call.output.source.transferTo(OutputStream.nullOutputStream());
            call.demandSuccess(purpose);
            return result;
        } catch (IOException e) {
            // A command that had failed by itself is the reason; whatever we stumbled over is the consequence.
            if (call.status.isDone() && !(e instanceof GuestFailure)) {
                call.demandSuccess(purpose);
            }
            if (e instanceof InterruptedIOException && Thread.interrupted()) {
                InterruptedException interrupt = new InterruptedException(e.getMessage());
                interrupt.initCause(e);
                throw interrupt;
            }
            throw e;
        } finally {
            if (left) {
                call.output.abandon();
            } else {
                call.stop(thread);
            }
        }
    }

    /** The command's side of the dialog, on a thread of its own. */
    private static final class Call implements Runnable {
        private final GuestShell shell;
        private final GuestCommand command;
        private final BytePipe input = new BytePipe();
        private final BytePipe output = new BytePipe();
        private final Tail errors = new Tail();
        private final CompletableFuture<Integer> status = new CompletableFuture<>();

        Call(GuestShell shell, GuestCommand command) {
            this.shell = shell;
            this.command = command;
        }

        @Override
        public void run() {
            try {
                status.complete(shell.run(command, new GuestStreams(input.source, output.sink, errors)));
            } catch (InterruptedException | IOException | RuntimeException e) {
                // Not lost: demandSuccess() throws it on the thread that asked.
                status.completeExceptionally(e);
            } finally {
                input.abandon();
                output.end();
            }
        }

        void demandSuccess(String purpose) throws IOException, InterruptedException {
            try {
                int code = status.get();
                if (code != 0) {
                    throw new GuestFailure(
                            "The guest could not " + purpose + " (exit status " + code + "). It says: " + errors, "");
                }
            } catch (ExecutionException e) {
                if (e.getCause() instanceof QemuShException verdict) {
                    throw verdict;
                }
                throw new IOException(
                        "The guest could not " + purpose + ": " + e.getCause().getMessage(), e.getCause());
            }
        }

        void stop(Thread thread) throws InterruptedException {
            input.end();
            output.abandon();
            if (!status.isDone()) {
                thread.interrupt();
            }
            thread.join();
        }
    }
}
