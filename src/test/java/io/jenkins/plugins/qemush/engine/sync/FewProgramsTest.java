package io.jenkins.plugins.qemush.engine.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.qemush.engine.failure.GuestFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Files travel in guests that have fewer programs than Debian's busybox, such as Buildroot's by default. */
class FewProgramsTest {

    private static final String[] NOT_IN_BUILDROOT = {"stat", "timeout", "pgrep", "fsync"};

    @RegisterExtension
    final SyncedFolder own = new SyncedFolder();

    @Nested
    class Pulls extends WorkspacePullTest {
        @BeforeEach
        void lack() {
            folder.guestLacks(NOT_IN_BUILDROOT);
        }
    }

    @Nested
    class Pushes extends WorkspacePushTest {
        @BeforeEach
        void lack() {
            folder.guestLacks(NOT_IN_BUILDROOT);
        }

        /** No test here: what changed in the second of a listing is sent once more, as times are whole seconds. */
        @Override
        void onlyWhatChangedTravels(SyncMode mode) {}
    }

    @Nested
    class Names extends WorkspaceNamesTest {
        @BeforeEach
        void lack() {
            folder.guestLacks(NOT_IN_BUILDROOT);
        }
    }

    @BothWays
    void whatIsMissingIsNamed(SyncMode mode) {
        own.guestLacks("find");
        assertThatThrownBy(() -> {
                    own.open(mode);
                    own.pull();
                })
                .isInstanceOf(GuestFailure.class)
                .hasMessageContaining("the guest lacks find");
    }

    @Test
    void filesOfProcAreCopiedWithTheirContent() throws Exception {
        own.open(SyncMode.TAR);
        Path copy = own.host().resolve("copy");
        own.copyOut("/proc/version", copy);
        assertThat(copy).hasContent(Files.readString(Path.of("/proc/version")));
    }
}
