package io.jenkins.plugins.qemush.report;

/** What the controller itself knows of a machine's timeline; the agent's events are those of the engine's timeline. */
public enum Moment {
    /** The block began. */
    BEGUN,
    /** The image lies on the agent. */
    IMAGE,
    /** The block had its turn. */
    TURN,
    /** The block's end begins. */
    ENDING,
    /** Nothing of the machine is left. */
    REMOVED
}
