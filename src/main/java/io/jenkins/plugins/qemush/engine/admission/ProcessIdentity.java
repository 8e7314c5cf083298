package io.jenkins.plugins.qemush.engine.admission;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A process, whoever may have its number later.
 *
 * @param start when it started, in the kernel's ticks since the host's boot
 */
public record ProcessIdentity(long pid, String start) {
    private static final Path PROC = Path.of("/proc");

    /** Fields of proc(5), stat, from the one behind the program's name on. */
    private static final int PARENT = 1;

    private static final int START = 19;

    public static ProcessIdentity ofThisProcess() throws IOException {
        return of(ProcessHandle.current().pid());
    }

    static ProcessIdentity of(long pid) throws IOException {
        return new ProcessIdentity(pid, fields(pid)[START]);
    }

    public boolean isAlive() {
        try {
            return fields(pid)[START].equals(start);
        } catch (IOException e) {
            return false;
        }
    }

    /** A process' parent; fails when it has ended meanwhile. */
    static long parent(long pid) throws IOException {
        return Long.parseLong(fields(pid)[PARENT]);
    }

    private static String[] fields(long pid) throws IOException {
        String stat = Files.readString(PROC.resolve(Long.toString(pid)).resolve("stat"));
        // The name may hold blanks and parentheses.
        return stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    }
}
