package io.jenkins.plugins.qemush.engine.vm;

import io.jenkins.plugins.qemush.engine.sync.WorkspaceDiskPort;
import io.jenkins.plugins.qemush.engine.vm.qemu.QmpClient;
import io.jenkins.plugins.qemush.engine.vm.qemu.WorkspaceDevice;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Set;

/** The file behind the workspace's disk. QEMU has it open from the start; the engine fills it when there is something. */
final class WorkspaceDiskFile implements WorkspaceDiskPort {
    private static final int SECTOR = 512;

    private final Path file;
    private final VmLinks links;

    WorkspaceDiskFile(Path file, VmLinks links) {
        this.file = file;
        this.links = links;
    }

    /** A disk of one sector: QEMU takes no empty one. */
    static void createEmpty(Path file) throws IOException {
        try (SeekableByteChannel disk =
                Files.newByteChannel(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))) {
            disk.write(ByteBuffer.allocate(SECTOR));
        }
    }

    @Override
    public Path file() {
        return file;
    }

    @Override
    public String serial() {
        return WorkspaceDevice.NODE;
    }

    @Override
    public void resized(long bytes) throws IOException, InterruptedException {
        links.qmp()
                .execute("block_resize", QmpClient.arguments(Map.of("node-name", WorkspaceDevice.NODE, "size", bytes)));
    }
}
