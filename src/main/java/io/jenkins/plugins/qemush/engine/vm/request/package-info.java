/**
 * The machine that somebody wants: start at {@link io.jenkins.plugins.qemush.engine.vm.request.VmRequest}, whose parts are
 * records of their own. It travels as JSON to the process that boots the machine.
 */
package io.jenkins.plugins.qemush.engine.vm.request;
