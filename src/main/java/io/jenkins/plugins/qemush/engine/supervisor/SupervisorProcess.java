package io.jenkins.plugins.qemush.engine.supervisor;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.failure.QemuShException;
import io.jenkins.plugins.qemush.engine.vm.request.VmRequest;
import io.jenkins.plugins.qemush.engine.vm.run.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A supervisor as a process of its own. When its machine fails, the run directory stays, with the console log and the
 * reason, until somebody has read it.
 */
final class SupervisorProcess {
    private final RunDirectory directory;
    private final FailureFile failure;

    /** Null until it listens. */
    private Supervisor supervisor;

    private SupervisorProcess(RunDirectory directory) {
        this.directory = directory;
        this.failure = new FailureFile(directory);
    }

    /** @param arguments the run directory, with the request in it */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        System.exit(new SupervisorProcess(new RunDirectory(Path.of(arguments[0]))).run());
    }

    private int run() throws IOException, InterruptedException {
        try {
            supervisor = Supervisor.open(VmRequest.of(directory), directory, false);
            Runtime.getRuntime().addShutdownHook(new Thread(this::endOnExit, "qemu-sh shutdown"));
            supervisor.boot();
            supervisor.awaitEnd();
        } catch (QemuShException e) {
            if (supervisor == null || !supervisor.isEnding()) {
                fail(e);
                if (Files.exists(directory.standby())) {
                    // Its keeper was told over the socket, or is gone; nobody else knows of it.
                    directory.delete();
                }
                return 1;
            }
        }
        supervisor.close();
        supervisor.prepareForTheNext();
        return 0;
    }

    /** The reason is written down first: who hears of a failed task asks for it next. */
    private void fail(QemuShException reason) throws IOException {
        failure.write(reason);
        if (supervisor != null) {
            supervisor.fail(reason);
        }
    }

    /** On the way out; for the reader when it is a signal that ends this process. */
    private void endOnExit() {
        if (!supervisor.isEnding() && !failure.isWritten()) {
            try {
                failure.write(
                        new HostFailure("The machine's supervisor was ended by a signal.", "Start the machine again."));
            } catch (IOException e) {
                System.getLogger(SupervisorProcess.class.getName())
                        .log(System.Logger.Level.WARNING, "no reason left", e);
            }
        }
        supervisor.endQuietly();
    }
}
