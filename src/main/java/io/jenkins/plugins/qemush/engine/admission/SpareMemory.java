package io.jenkins.plugins.qemush.engine.admission;

import java.io.IOException;
import java.util.List;

/** What machines can still have of a host's memory. */
interface SpareMemory {
    /**
     * In MB; negative when too much is promised already.
     *
     * @param held what was promised, and may not have been taken yet
     */
    long megabytes(List<Claim> held) throws IOException;

    /** Whether so many MB more can be had for certain, as far as that is known without a look at each process. */
    boolean suffices(int megabytes, List<Claim> held) throws IOException;

    /** What they could have if nothing else ran, in MB. */
    long mostMegabytes() throws IOException;
}
