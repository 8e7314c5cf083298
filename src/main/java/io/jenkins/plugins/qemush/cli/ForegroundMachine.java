package io.jenkins.plugins.qemush.cli;

import io.jenkins.plugins.qemush.engine.supervisor.Supervisor;
import io.jenkins.plugins.qemush.engine.vm.qemu.CommandToPaste;
import io.jenkins.plugins.qemush.engine.vm.request.VmRequest;
import io.jenkins.plugins.qemush.engine.vm.run.RunDirectory;
import io.jenkins.plugins.qemush.engine.vm.run.Timeline;
import java.io.IOException;

/**
 * A machine that lives as long as this process: ended at the end of the block, by Ctrl-C, SIGTERM or a closed terminal;
 * and by its guardian when this process is killed.
 */
final class ForegroundMachine implements AutoCloseable {
    private final Supervisor supervisor;
    private final Console console;
    private final Thread hook;

    private ForegroundMachine(Supervisor supervisor, Console console) {
        this.supervisor = supervisor;
        this.console = console;
        this.hook = new Thread(this::endOnSignal, "qemu-sh shutdown");
    }

    /** A machine that {@link #boot} starts. */
    static ForegroundMachine open(VmRequest request, RunDirectory directory, Console console)
            throws IOException, InterruptedException {
        Supervisor supervisor;
        try {
            supervisor = Supervisor.open(request, directory, !request.storage().keep());
        } catch (IOException | InterruptedException e) {
            if (!request.storage().keep()) {
                directory.delete();
            }
            throw e;
        }
        ForegroundMachine machine = new ForegroundMachine(supervisor, console);
        Runtime.getRuntime().addShutdownHook(machine.hook);
        supervisor.onWait(console::info);
        supervisor.onStart(machine::tellCommandLine);
        return machine;
    }

    private void tellCommandLine() {
        if (console.verbosity() > 0) {
            console.info("the same machine on a terminal (Ctrl-A x ends it):");
            console.err().println(new CommandToPaste(supervisor.vm().commandLine()));
        }
    }

    /** Waits for the machine's turn, and until commands can run. */
    void boot() throws IOException, InterruptedException {
        supervisor.boot();
        tellWhyBooted();
    }

    Supervisor supervisor() {
        return supervisor;
    }

    /** One line when a saved state was there, or insisted on, and could not be used. */
    private void tellWhyBooted() {
        for (Timeline.Event event : supervisor.vm().timeline().events()) {
            if (event.kind() == Timeline.Kind.BOOTED_INSTEAD) {
                console.info("booted, not restored: " + event.detail());
            }
        }
    }

    private void endOnSignal() {
        console.goDown();
        try {
            supervisor.close();
        } catch (IOException e) {
            console.info("not ended cleanly: " + e.getMessage());
        }
    }

    @Override
    public void close() throws IOException {
        supervisor.close();
        if (console.verbosity() > 1) {
            for (Timeline.Event event : supervisor.vm().timeline().events()) {
                console.info("%8.3f s  %-13s %s"
                        .formatted(event.sinceRequest().toMillis() / 1000.0, event.kind(), event.detail()));
            }
        }
        if (supervisor.vm().request().storage().keep()) {
            console.info("kept: " + supervisor.vm().directory().path());
        }
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
            supervisor.prepareForTheNext();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IllegalStateException e) {
            // The process is on its way out: the hook runs anyway, and finds nothing to do.
            console.goDown();
        }
    }
}
