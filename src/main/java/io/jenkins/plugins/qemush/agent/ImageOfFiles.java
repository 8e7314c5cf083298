package io.jenkins.plugins.qemush.agent;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.image.HandMade;
import io.jenkins.plugins.qemush.engine.image.Image;
import io.jenkins.plugins.qemush.engine.image.Progress;
import io.jenkins.plugins.qemush.engine.image.store.ImageSource;
import io.jenkins.plugins.qemush.engine.image.store.ImageStore;
import io.jenkins.plugins.qemush.engine.image.store.PlacedFile;
import io.jenkins.plugins.qemush.engine.machine.MachineOverrides;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An image of single files. They are used where they lie when all of them lie on the agent, whatever is in them; else
 * they come into the store.
 *
 * @param files by their roles: kernel, disk, and what else there is of initrd, dtb and firmware
 */
public record ImageOfFiles(String name, String arch, Map<String, FileChoice> files) implements ImageChoice {
    public ImageOfFiles {
        files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
    }

    @Override
    public String title() {
        return arch;
    }

    @Override
    public Image ready(ImageStore store, Progress progress) throws IOException, InterruptedException {
        if (isInPlace()) {
            return inPlace();
        }
        Map<String, PlacedFile> placed = new LinkedHashMap<>();
        files.forEach((role, file) -> placed.put(role, file.placed()));
        store.add(ImageSource.placed(name, arch, placed), progress);
        return store.ready(name, progress);
    }

    @Override
    public ImageState state(ImageStore store, String nameInStore) throws IOException {
        if (!isInPlace()) {
            return ImageState.inStore(store, nameInStore);
        }
        try {
            return ImageState.of(ImageState.Kind.IN_PLACE, inPlace());
        } catch (HostFailure e) {
            return ImageState.damaged(e);
        }
    }

    @Override
    public Optional<Image> present(ImageStore store, String nameInStore) throws IOException, InterruptedException {
        return isInPlace() ? Optional.of(inPlace()) : ImageChoice.super.present(store, nameInStore);
    }

    private boolean isInPlace() {
        return files.values().stream().allMatch(FileChoice::isInPlace);
    }

    private Image inPlace() throws HostFailure {
        return new HandMade(
                        arch,
                        file("kernel").orElseThrow(),
                        file("disk").orElseThrow(),
                        file("initrd"),
                        file("dtb"),
                        file("firmware"),
                        HandMade.DEFAULT_USER,
                        MachineOverrides.NONE)
                .image(name);
    }

    private Optional<Path> file(String role) throws HostFailure {
        FileChoice file = files.get(role);
        return file == null ? Optional.empty() : Optional.of(file.placed().path());
    }

    @Override
    public List<List<String>> commands() {
        return files.entrySet().stream()
                .filter(file -> file.getValue().placed().isRemote())
                .map(file -> List.of(
                        "curl",
                        "-fL",
                        "-o",
                        localName(file.getKey()),
                        file.getValue().placed().toString()))
                .toList();
    }

    @Override
    public List<String> runFlags() {
        List<String> flags = new ArrayList<>(List.of("--arch", arch));
        files.forEach((role, file) ->
                flags.addAll(List.of("--" + role, file.placed().isRemote() ? localName(role) : file.place())));
        return flags;
    }

    private String localName(String role) {
        return name + "-" + role;
    }
}
