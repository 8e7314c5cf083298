package io.jenkins.plugins.qemush.engine.image;

/** Hears how far a long piece of work has come. Called often, from the thread that works. */
@FunctionalInterface
public interface Progress {
    /** Tells nobody. */
    Progress NONE = (what, done, total) -> {};

    /**
     * @param what the work, for people: {@code download disk.qcow2}
     * @param done bytes so far
     * @param total bytes in all; 0 while unknown
     */
    void at(String what, long done, long total);

    /**
     * A step of work that cannot be measured has begun.
     *
     * @param line for people: {@code debian-s390x: fetching packages}
     */
    default void step(String line) {
        at(line, 0, 0);
    }
}
