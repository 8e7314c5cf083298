package io.jenkins.plugins.qemush.cli;

import io.jenkins.plugins.qemush.engine.warm.SavedStates;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code qemu-sh image rm}: removes images from the store. */
@Command(
        name = "rm",
        description =
                "Remove images from the store, and the saved states of their machines. Machines that run from them go on.")
final class ImageRemoveCommand implements Callable<Integer> {
    @Parameters(arity = "1..*", paramLabel = "NAME", description = "The images.")
    private List<String> names;

    private final Console console;

    ImageRemoveCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        for (String name : names) {
            try (ProgressLine progress = new ProgressLine(console)) {
                ImageOptions.store().remove(name, progress);
                SavedStates.ofUser().discardOf(name);
            }
        }
        return 0;
    }
}
