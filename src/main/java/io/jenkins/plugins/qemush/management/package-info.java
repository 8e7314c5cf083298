/**
 * The management page {@code /manage/qemu-sh/}: which node has which image, and work on them in the background.
 *
 * <p>Start at {@link io.jenkins.plugins.qemush.management.QemuShLink}.
 */
package io.jenkins.plugins.qemush.management;
