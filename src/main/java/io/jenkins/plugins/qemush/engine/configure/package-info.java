/**
 * Runs the scripts of an image's packages where they belong: in a machine of that image, which writes to its disk once.
 *
 * <p>Start at {@link io.jenkins.plugins.qemush.engine.configure.ScriptsInMachine}.
 */
package io.jenkins.plugins.qemush.engine.configure;
