package io.jenkins.plugins.qemush.engine.vm;

import io.jenkins.plugins.qemush.engine.image.Image;
import io.jenkins.plugins.qemush.engine.image.ImageManifest.ImageFile;
import io.jenkins.plugins.qemush.engine.machine.Machine;
import io.jenkins.plugins.qemush.engine.vm.qemu.Accelerator;
import io.jenkins.plugins.qemush.engine.vm.qemu.QemuCommandLine;
import io.jenkins.plugins.qemush.engine.vm.qemu.QemuPrograms;
import io.jenkins.plugins.qemush.engine.vm.qemu.QemuPurpose;
import io.jenkins.plugins.qemush.engine.vm.request.VmRequest;
import io.jenkins.plugins.qemush.engine.vm.run.RunDirectory;
import io.jenkins.plugins.qemush.engine.vm.serial.ConsoleScripts;
import io.jenkins.plugins.qemush.engine.warm.FileStamp;
import io.jenkins.plugins.qemush.engine.warm.Fingerprint;
import io.jenkins.plugins.qemush.engine.warm.RestoreWay;
import io.jenkins.plugins.qemush.engine.warm.StateFolder;
import io.jenkins.plugins.qemush.engine.warm.WarmMode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which saved state a request can be served from.
 *
 * @param machine everything that the state depends on
 * @param kind the QEMU and the kind of machine alone, for what was learnt about them
 */
public record StateKey(Fingerprint machine, Fingerprint kind) {
    /** Changes when states of old could not be restored by this version. */
    private static final String FORMAT = "2";

    /** Stands for what differs between machines and does not matter. */
    private static final String ANY = "any";

    /** The key; empty when the request has to be booted. */
    public static Optional<StateKey> of(VmRequest request) throws IOException, InterruptedException {
        Machine machine = request.image().machine();
        Optional<Path> program = QemuPrograms.find(machine.program());
        boolean restorable = request.warm() != WarmMode.FALSE
                && request.storage().snapshot()
                && !request.access().fixNetwork()
                // Whatever else is plugged in may have changed since the state was saved.
                && request.hardware().qemuArguments().isEmpty()
                && machine.qemuArguments().stream().noneMatch(argument -> argument.contains("/"));
        if (!restorable || program.isEmpty() || Accelerator.choose(machine) != Accelerator.TCG) {
            return Optional.empty();
        }
        Path qemu = program.get().toRealPath();
        List<String> kind = List.of(
                FORMAT,
                qemu.toString(),
                FileStamp.of(qemu).toString(),
                machine.type(),
                machine.cpu().orElse(""),
                String.join(" ", machine.qemuArguments()));
        List<String> facts = new ArrayList<>(kind);
        for (Map.Entry<String, ImageFile> file :
                request.image().manifest().files().entrySet()) {
            facts.add(file.getKey());
            facts.addAll(identity(request.image(), file.getValue()));
        }
        facts.add(request.user());
        facts.addAll(ConsoleScripts.all());
        facts.addAll(commandLine(request));
        return Optional.of(new StateKey(Fingerprint.of(facts), Fingerprint.of(kind)));
    }

    /** A digest that somebody has checked would do; a file that has not changed since is certain without. */
    private static List<String> identity(Image image, ImageFile file) throws IOException {
        Path path = image.resolve(file).toRealPath();
        return List.of(
                file.sha256().orElse(""), path.toString(), FileStamp.of(path).toString());
    }

    private static List<String> commandLine(VmRequest request) throws IOException {
        return QemuCommandLine.build(
                request.anonymous(ANY),
                new RunDirectory(Path.of(ANY)),
                QemuPurpose.save(new StateFolder(Path.of(ANY)), RestoreWay.MAPPED),
                Accelerator.TCG);
    }
}
