package io.jenkins.plugins.qemush.engine.configure;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.guest.GuestCommand;
import io.jenkins.plugins.qemush.engine.guest.GuestStreams;
import io.jenkins.plugins.qemush.engine.image.Image;
import io.jenkins.plugins.qemush.engine.image.build.BuilderFiles;
import io.jenkins.plugins.qemush.engine.image.build.ImageBuild.PackageScripts;
import io.jenkins.plugins.qemush.engine.supervisor.Supervisor;
import io.jenkins.plugins.qemush.engine.vm.request.Hardware;
import io.jenkins.plugins.qemush.engine.vm.request.Limits;
import io.jenkins.plugins.qemush.engine.vm.request.Network;
import io.jenkins.plugins.qemush.engine.vm.request.VmRequest;
import io.jenkins.plugins.qemush.engine.vm.run.RunDirectory;
import io.jenkins.plugins.qemush.engine.vm.run.RunRoot;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Boots the image on its own disk, without a network, has dpkg configure every package, and powers it off. */
public final class ScriptsInMachine implements PackageScripts {
    /** dpkg and Perl with some hundred packages; boards may have less. */
    private static final int MEMORY = 1024;

    /** Some scripts are silent for long under emulation. */
    private static final Limits LIMITS = new Limits(Duration.ofMinutes(10), Duration.ZERO, Duration.ofHours(3));

    @Override
    public void run(Image image, Consumer<String> listener) throws IOException, InterruptedException {
        String name = image.manifest().name();
        long begun = System.nanoTime();
        listener.accept(name + ": configuring " + image.manifest().packages().size() + " packages in a machine of "
                + image.manifest().arch());
        Hardware hardware = new Hardware(
                Optional.of(Math.min(MEMORY, image.machine().maxMemory())), 1, Network.ISOLATED, false, "", List.of());
        VmRequest request =
                VmRequest.of("configure", image).with(hardware).with(LIMITS).persistent();
        RunDirectory directory = RunRoot.ofUser().createHidden("configure");
        DpkgOutput output =
                new DpkgOutput(image.manifest().packages().size(), line -> listener.accept(name + ": " + line));
        try (Supervisor supervisor = Supervisor.open(request, directory, true)) {
            supervisor.onWait(listener);
            supervisor.boot();
            int status = supervisor.execute(
                    GuestCommand.rootScript(BuilderFiles.configureScript()),
                    List.of(),
                    GuestStreams.output(output, output));
            if (status != 0) {
                throw new HostFailure(
                        "The image " + name + " could not be configured"
                                + output.failedPackages()
                                        .map(" because of "::concat)
                                        .orElse("")
                                + ". The last lines:\n" + output.lastLines(),
                        "Leave that package out, or build with --quick, which runs the scripts of no package.");
            }
        }
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun);
        listener.accept(name + ": configured in " + seconds + " s");
    }
}
