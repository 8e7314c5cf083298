package io.jenkins.plugins.qemush.engine.warm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What tells that a file was written to: whoever changes a byte changes its {@code ctime}, which nobody can set back.
 *
 * @param size in bytes
 * @param modified {@code mtime} in nanoseconds
 * @param changed {@code ctime} in nanoseconds
 */
public record FileStamp(long size, long modified, long changed, long inode) {

    /** The stamp of a file as it is now; symbolic links are followed. */
    public static FileStamp of(Path file) throws IOException {
        Map<String, Object> now = Files.readAttributes(file, "unix:size,lastModifiedTime,ctime,ino");
        return new FileStamp(
                (Long) now.get("size"), nanoseconds(now.get("lastModifiedTime")), nanoseconds(now.get("ctime")), (Long)
                        now.get("ino"));
    }

    // Java generates the methods of a record when they are first called: that takes longer than all else that is done
    // with a stamp, and lies in the way of every machine that is restored.

    @Override
    public boolean equals(Object other) {
        return other instanceof FileStamp stamp
                && size == stamp.size
                && modified == stamp.modified
                && changed == stamp.changed
                && inode == stamp.inode;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(size ^ modified ^ changed ^ inode);
    }

    @Override
    public String toString() {
        return size + " " + modified + " " + changed + " " + inode;
    }

    private static long nanoseconds(Object time) {
        return ((FileTime) time).to(TimeUnit.NANOSECONDS);
    }
}
