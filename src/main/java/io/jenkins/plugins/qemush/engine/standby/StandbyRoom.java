package io.jenkins.plugins.qemush.engine.standby;

/**
 * Room for machines.
 *
 * @param machines how many
 * @param memory in MB
 */
record StandbyRoom(int machines, int memory) {

    /** How many machines of one kind have room. */
    int fitting(int wanted, int memoryOfOne) {
        return Math.min(wanted, Math.min(machines, memory / Math.max(1, memoryOfOne)));
    }

    StandbyRoom without(int count, int memoryOfOne) {
        return new StandbyRoom(machines - count, memory - count * memoryOfOne);
    }
}
