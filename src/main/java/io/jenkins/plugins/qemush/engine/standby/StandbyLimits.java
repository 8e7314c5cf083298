package io.jenkins.plugins.qemush.engine.standby;

/**
 * What machines may take together: those that stand by have what the others leave.
 *
 * @param machines how many; 0 for any number
 * @param memory in MB; 0 for any
 */
public record StandbyLimits(int machines, int memory) {

    /** What is left of them once others have taken that much; never less than nothing. */
    StandbyRoom without(int otherMachines, int otherMemory) {
        return new StandbyRoom(
                machines == 0 ? Integer.MAX_VALUE : Math.max(0, machines - otherMachines),
                memory == 0 ? Integer.MAX_VALUE : Math.max(0, memory - otherMemory));
    }
}
