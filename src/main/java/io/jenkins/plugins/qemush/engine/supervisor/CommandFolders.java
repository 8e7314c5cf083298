package io.jenkins.plugins.qemush.engine.supervisor;

import io.jenkins.plugins.qemush.engine.failure.GuestFailure;
import io.jenkins.plugins.qemush.engine.failure.HostFailure;
import io.jenkins.plugins.qemush.engine.failure.QemuShException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * The folders of one command. What becomes of its files never hides the command's own exit status: that is told by the
 * command's code, the rest on its standard error. Only behind a command that succeeded lost files are a failure.
 */
final class CommandFolders {
    private static final String SUCCEEDED = "The command succeeded, but not all that it changed came back. ";

    private final Workspaces workspaces;
    private final List<SharedFolder> folders;
    private final Remarks remarks;

    /** @param err the command's standard error, for what is to be told besides */
    CommandFolders(Workspaces workspaces, List<SharedFolder> folders, OutputStream err) {
        this.workspaces = workspaces;
        this.folders = folders;
        this.remarks = new Remarks(err);
    }

    /** Lets the guest see the folders as they are now on the host. */
    void before() throws IOException, InterruptedException {
        for (SharedFolder folder : folders) {
            workspaces.toGuest(folder);
        }
    }

    /**
     * Brings all folders back.
     *
     * @param status the command's
     * @throws QemuShException what did not come back, if the command succeeded
     */
    void after(int status) throws IOException, InterruptedException {
        QemuShException failure = null;
        for (SharedFolder folder : folders) {
            String which = folders.size() > 1 ? folder.host() + ": " : "";
            try {
                workspaces.toHost(folder, line -> remarks.tell("warning: " + which + line));
            } catch (IOException | RuntimeException e) {
                // The other folders come back all the same.
                QemuShException known = RemoteFailure.of(e).behind(which).toException();
                if (status == 0 && failure == null) {
                    failure = known;
                } else {
                    remarks.tell(
                            known.getMessage() + "\n" + known.help().indent(2).stripTrailing());
                }
            }
        }
        if (failure instanceof GuestFailure guest) {
            throw new GuestFailure(SUCCEEDED + guest.getMessage(), guest.console(), guest);
        }
        if (failure != null) {
            throw new HostFailure(SUCCEEDED + failure.getMessage(), failure.help(), failure);
        }
    }
}
