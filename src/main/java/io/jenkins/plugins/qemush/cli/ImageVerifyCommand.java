package io.jenkins.plugins.qemush.cli;

import io.jenkins.plugins.qemush.engine.image.Image;
import io.jenkins.plugins.qemush.engine.image.store.FileCheck;
import io.jenkins.plugins.qemush.engine.image.store.ImageStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code qemu-sh image verify}: whether images are as they came. */
@Command(name = "verify", description = "Hash the files of images and compare with their manifests.")
final class ImageVerifyCommand implements Callable<Integer> {
    @Parameters(arity = "0..*", paramLabel = "NAME", description = "The images (default: all).")
    private List<String> names = new ArrayList<>();

    private final Console console;

    ImageVerifyCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        ImageStore store = ImageOptions.store();
        if (names.isEmpty()) {
            store.list().images().stream().map(Image::manifest).forEach(manifest -> names.add(manifest.name()));
        }
        int status = 0;
        for (String name : names) {
            try (ProgressLine progress = new ProgressLine(console)) {
                for (FileCheck check : store.verify(name, progress)) {
                    System.out.printf("%-8s %s%n", check.damage().isEmpty() ? "ok" : "DAMAGED", check.file());
                    status = check.damage().map(console::failure).orElse(status);
                }
            }
        }
        return status;
    }
}
