/**
 * A machine's run directory, which is its handle, and what lies in it as JSON.
 *
 * <p>Start at {@link io.jenkins.plugins.qemush.engine.vm.run.RunDirectory}; those of one user lie in a {@link
 * io.jenkins.plugins.qemush.engine.vm.run.RunRoot}.
 */
package io.jenkins.plugins.qemush.engine.vm.run;
