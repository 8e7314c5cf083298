package io.jenkins.plugins.qemush.bench;

import io.jenkins.plugins.qemush.engine.guest.GuestCommand;
import io.jenkins.plugins.qemush.engine.guest.GuestStreams;
import io.jenkins.plugins.qemush.engine.image.Image;
import io.jenkins.plugins.qemush.engine.supervisor.Supervisor;
import io.jenkins.plugins.qemush.engine.vm.request.VmRequest;
import io.jenkins.plugins.qemush.engine.vm.run.EngineJson;
import io.jenkins.plugins.qemush.engine.vm.run.RunDirectory;
import io.jenkins.plugins.qemush.engine.vm.run.RunRoot;
import io.jenkins.plugins.qemush.engine.vm.run.VmDescription;
import io.jenkins.plugins.qemush.engine.warm.WarmMode;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code qemu-sh run} as a process, with the start of its JVM; further commands in a machine of their own.
 *
 * @param warm whether the machine is restored
 */
record QemuShRun(String title, WarmMode warm) implements Way {
    private static final int COMMANDS = 10;

    static final Way COLD = new QemuShRun("qemu-sh, cold", WarmMode.FALSE);

    /** Its first run makes the saved state, if {@link Clones} has not: not what is measured. */
    static final Way WARM = new QemuShRun("qemu-sh, warm", WarmMode.TRUE);

    @Override
    public Sample measure(Image image) throws Exception {
        Stopwatch watch = new Stopwatch();
        Process run = new ProcessBuilder(
                        "./qemu-sh",
                        "run",
                        "--warm",
                        warm.name(),
                        "--image",
                        image.folder().toString(),
                        "--",
                        "id")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        run.getOutputStream().close();
        if (run.getInputStream().read() < 0) {
            throw new IOException("qemu-sh run printed nothing");
        }
        double first = watch.seconds();
        if (run.waitFor() != 0) {
            throw new IOException("qemu-sh run failed");
        }
        return further(image, first, watch.seconds());
    }

    private Sample further(Image image, double first, double total) throws Exception {
        RunDirectory directory =
                RunRoot.ofUser().create("bench-" + ProcessHandle.current().pid());
        VmRequest request =
                VmRequest.of(directory.name(), image).withWorkspaceDisk().with(warm);
        OutputStream nowhere = OutputStream.nullOutputStream();
        try (Supervisor machine = Supervisor.open(request, directory, true)) {
            machine.boot();
            GuestCommand command = new GuestCommand(List.of("true"), "user", Map.of(), Optional.empty());
            machine.execute(command, List.of(), GuestStreams.output(nowhere, nowhere));
            Stopwatch further = new Stopwatch();
            for (int i = 0; i < COMMANDS; i++) {
                machine.execute(command, List.of(), GuestStreams.output(nowhere, nowhere));
            }
            double ten = further.seconds();
            VmDescription running = EngineJson.read(directory.description(), VmDescription.class);
            return new Sample(first, total, ten, Stopwatch.memory(running.qemu()));
        }
    }
}
