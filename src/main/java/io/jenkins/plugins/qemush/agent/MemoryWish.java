package io.jenkins.plugins.qemush.agent;

import io.jenkins.plugins.qemush.engine.machine.Machine;
import java.io.Serializable;
import java.util.Optional;

/**
 * How much memory a machine is to have, in MB.
 *
 * @param asked what its block asks for, whether the machine can have that or not; null when it does not
 * @param usual what machines have otherwise, as far as they can; null for what each image has
 */
public record MemoryWish(Integer asked, Integer usual) implements Serializable {
    /** Empty for the machine's own default. */
    Optional<Integer> of(Machine machine) {
        return Optional.ofNullable(asked)
                .or(() -> Optional.ofNullable(usual).map(most -> Math.min(most, machine.maxMemory())));
    }
}
