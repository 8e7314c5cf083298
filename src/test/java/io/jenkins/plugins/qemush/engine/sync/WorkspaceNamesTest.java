package io.jenkins.plugins.qemush.engine.sync;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No name is too strange to travel. */
class WorkspaceNamesTest {
    private SyncedFolder folder;

    @BeforeEach
    void makeFolder(@TempDir Path temp) throws IOException {
        folder = new SyncedFolder(temp);
    }

    @AfterEach
    void endGuest() throws IOException {
        folder.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"DISK", "TAR"})
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

    @ParameterizedTest
    @EnumSource(names = {"DISK", "TAR"})
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
