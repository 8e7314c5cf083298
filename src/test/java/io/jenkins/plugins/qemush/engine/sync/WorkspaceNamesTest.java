package io.jenkins.plugins.qemush.engine.sync;

import org.junit.jupiter.api.extension.RegisterExtension;

/** No name is too strange to travel. */
class WorkspaceNamesTest {
    @RegisterExtension
    final SyncedFolder folder = new SyncedFolder();

    @BothWays
    void namesThatAreNotTextSurviveBothWays(SyncMode mode) throws Exception {
        folder.hostDoes(
                "printf in >\"$(printf 'h\\377\\376')\"; ln -s \"$(printf 'h\\377\\376')\" \"$(printf 'l\\344')\"");
        folder.open(mode);
        folder.guestDoes("cat \"$(printf 'l\\344')\"; printf out >\"$(printf 'g\\377\\376')\"; "
                + "ln -s \"$(printf 'g\\377\\376')\" \"$(printf 'm\\344')\"");
        folder.pull();
        folder.bothSidesAreEqual();
        folder.hostDoes("test \"$(cat \"$(printf 'm\\344')\")\" = out");
    }

    @BothWays
    void longNamesSurviveBothWays(SyncMode mode) throws Exception {
        String part = "p".repeat(120);
        folder.hostDoes("mkdir -p " + part + "/" + part + "; echo in >" + part + "/" + part + "/" + part + "; ln -s "
                + part + "/" + part + "/" + part + " link");
        folder.open(mode);
        folder.guestDoes("echo out >" + part + "/" + part + "/out" + part + "; ln -s " + part + "/" + part + "/out"
                + part + " back");
        folder.pull();
        folder.bothSidesAreEqual();
    }
}
