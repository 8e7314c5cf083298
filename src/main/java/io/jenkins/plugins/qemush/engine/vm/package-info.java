/**
 * One machine from its QEMU process to its end.
 */
package io.jenkins.plugins.qemush.engine.vm;
