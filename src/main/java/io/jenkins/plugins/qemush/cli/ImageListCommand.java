package io.jenkins.plugins.qemush.cli;

import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.image.Image;
import io.jenkins.plugins.qemush.engine.image.ImageManifest.ImageFile;
import io.jenkins.plugins.qemush.engine.image.store.ImageStore;
import io.jenkins.plugins.qemush.engine.vm.run.EngineJson;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code qemu-sh image list}: what the store holds. */
@Command(name = "list", aliases = "ls", description = "List the images of the store.")
final class ImageListCommand implements Callable<Integer> {
    @Option(names = "--json", description = "As JSON.")
    private boolean json;

    private final Console console;

    ImageListCommand(Console console) {
        this.console = console;
    }

    /** An image as {@code --json} shows it. */
    private record Row(String name, String arch, long bytes, String source, String folder) {}

    @Override
    public Integer call() throws Exception {
        ImageStore.Listing listing = ImageOptions.store().list();
        List<Row> rows = listing.images().stream().map(ImageListCommand::row).toList();
        if (json) {
            System.out.println(EngineJson.toJson(rows));
        } else {
            System.out.printf("%-24s %-10s %8s  %s%n", "NAME", "ARCH", "SIZE", "SOURCE");
            rows.forEach(row -> System.out.printf(
                    "%-24s %-10s %5d MB  %s%n", row.name(), row.arch(), row.bytes() >> 20, row.source()));
        }
        for (HostFailure damaged : listing.damaged()) {
            console.failure(damaged);
        }
        return listing.damaged().isEmpty() ? 0 : Main.FAILED;
    }

    private static Row row(Image image) {
        long bytes = image.manifest().files().values().stream()
                .mapToLong(ImageFile::size)
                .sum();
        return new Row(
                image.manifest().name(),
                image.manifest().arch(),
                bytes,
                image.manifest().source(),
                image.folder().toString());
    }
}
