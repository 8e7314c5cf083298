package io.jenkins.plugins.qemush.engine.vm;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Set;

/** The file behind the workspace's disk. QEMU has it open from the start; the engine fills it when there is something. */
public final class WorkspaceDiskFile {
    private static final int SECTOR = 512;

    private final Path file;
    private final QmpClient qmp;

    WorkspaceDiskFile(Path file, QmpClient qmp) {
        this.file = file;
        this.qmp = qmp;
    }

    /** A disk of one sector: QEMU takes no empty one. */
    static void createEmpty(Path file) throws IOException {
        try (SeekableByteChannel disk =
                Files.newByteChannel(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))) {
            disk.write(ByteBuffer.allocate(SECTOR));
        }
    }

    public Path file() {
        return file;
    }

    /** Tells the guest that the disk has this size now, in bytes; a multiple of 512. */
    public void resized(long bytes) throws IOException, InterruptedException {
        qmp.execute(
                "block_resize",
                QmpClient.arguments(Map.of("node-name", QemuCommandLine.WORKSPACE_NODE, "size", bytes)));
    }
}
