package io.jenkins.plugins.qemush.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code qemu-sh image export}: copies an image out of the store, to put on a web server for instance. */
@Command(name = "export", description = "Copy an image out of the store, to a folder that is not there yet.")
final class ImageExportCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "NAME", description = "The image.")
    private String name;

    @Parameters(index = "1", paramLabel = "DIR", description = "The folder.")
    private Path folder;

    private final Console console;

    ImageExportCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        try (ProgressLine progress = new ProgressLine(console)) {
            ImageOptions.store().export(name, folder.toAbsolutePath(), progress);
        }
        return 0;
    }
}
