package io.jenkins.plugins.qemush.bench;

/**
 * One machine's life, measured.
 *
 * @param firstOutput seconds from the request to the first output of {@code id}
 * @param total seconds from the request until nothing is left
 * @param further seconds that ten more commands took
 * @param memory resident memory of QEMU in MB at its end
 */
record Sample(double firstOutput, double total, double further, double memory) {}
