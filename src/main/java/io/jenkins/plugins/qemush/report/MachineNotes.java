package io.jenkins.plugins.qemush.report;

import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Takes down what happens to a machine, for its page. A full disk costs the page, never the build. */
public final class MachineNotes {
    private static final Logger LOGGER = Logger.getLogger(MachineNotes.class.getName());

    private final MachineFolder folder;

    MachineNotes(MachineFolder folder) {
        this.folder = folder;
    }

    @FunctionalInterface
    private interface Writing {
        void write() throws IOException;
    }

    /** More is known of it than before. */
    public void facts(MachineFacts facts) {
        note(() -> folder.create(facts));
    }

    public void moment(Moment moment) {
        note(() -> folder.add(TimelineEvent.now(moment)));
    }

    /** QEMU runs, with this command line. */
    public void running(String qemu) {
        note(() -> folder.qemu(qemu));
    }

    /** The run directory is about to go: these are the lines of its timeline. */
    public void events(String lines) {
        note(() -> folder.events(lines));
    }

    public void end(MachineEnd end) {
        note(() -> folder.end(end));
    }

    private void note(Writing writing) {
        try {
            writing.write();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "not noted in " + folder.path(), e);
        }
    }
}
