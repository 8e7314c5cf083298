package io.jenkins.plugins.qemush.engine.sync;

import java.io.IOException;
import java.nio.file.Path;

/** The empty virtio-blk disk that the machine was started with; the workspace is put behind it later. */
public interface WorkspaceDiskPort {

    /** The raw file behind the disk. */
    Path file();

    /** The disk's serial: how the guest finds it. At most 20 characters of {@code [a-z0-9-]}. */
    String serial();

    /**
     * Makes the guest see the file's new size (QMP {@code block_resize}).
     *
     * @param bytes a multiple of 512
     */
    void resized(long bytes) throws IOException, InterruptedException;
}
