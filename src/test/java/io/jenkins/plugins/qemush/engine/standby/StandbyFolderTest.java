package io.jenkins.plugins.qemush.engine.standby;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.qemush.engine.image.store.NameLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StandbyFolderTest {
    private static final StandbyOrder ORDER = new StandbyOrder(
            StandbyServer.of(Path.of("/engine"), Map.of("QEMU_SH_HOME", "/home", "PATH", "/bin")),
            Path.of("/runs"),
            new StandbyLimits(4, 2048),
            List.of());

    @TempDir
    private Path temporary;

    private StandbyFolder folder;

    @BeforeEach
    void folder() {
        folder = new StandbyFolder(temporary.resolve("standby"));
    }

    /** As if the order were that old. */
    private void age(Duration age) throws Exception {
        Files.setLastModifiedTime(
                folder.path().resolve("order.json"), FileTime.from(Instant.now().minus(age)));
    }

    @Test
    void nothingIsOrderedAtFirst() throws Exception {
        assertThat(folder.current()).isEmpty();
        folder.withdraw();
        assertThat(folder.current()).isEmpty();
    }

    @Test
    void orderIsReadAsItWasGiven() throws Exception {
        folder.order(ORDER);

        assertThat(folder.current()).contains(ORDER);
    }

    @Test
    void orderThatNobodyRenewsHoldsNoLonger() throws Exception {
        folder.order(ORDER);
        age(StandbyFolder.LEASE.plusSeconds(1));
        assertThat(folder.current()).isEmpty();

        folder.order(ORDER);

        assertThat(folder.current()).contains(ORDER);
    }

    @Test
    void orderHoldsWhileItsGiverRestarts() throws Exception {
        folder.order(ORDER);
        age(Duration.ofMinutes(2));

        assertThat(folder.current()).contains(ORDER);
    }

    @Test
    void withdrawnOrderIsGone() throws Exception {
        folder.order(ORDER);
        folder.withdraw();

        assertThat(folder.current()).isEmpty();
    }

    @Test
    void oneProcessServesAFolder() throws Exception {
        assertThat(folder.isServed()).isFalse();
        try (NameLock lock = folder.serve().orElseThrow()) {
            assertThat(folder.isServed()).isTrue();
            assertThat(folder.serve()).isEmpty();
        }
        assertThat(folder.isServed()).isFalse();
    }
}
