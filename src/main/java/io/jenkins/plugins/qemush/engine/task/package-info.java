/**
 * Runs in the guest what Jenkins' {@code sh} step would run on the agent, and lets it look as if it had run there.
 *
 * <p>Jenkins' durable-task plugin launches a shell command in the background and from then on only reads files of a
 * control directory: the log grows in {@code jenkins-log.txt}, captured output in {@code output.txt}, and at the end the
 * exit status appears in {@code jenkins-result.txt}. That protocol of files is all this package knows of Jenkins.
 *
 * <pre>
 *   launching ──► following ──► bringing files back ──► concluded: the task's own exit status
 *       │             │ ▲               │
 *       │             └─┘ connection    │
 *       │               lost: again     │
 *       │             │                 │
 *       │             ├─────────────────┴─► the machine failed, the task vanished: concluded with the reason and -1
 *       │             └───────────────────► Jenkins removed the control directory: killed in the guest, no result
 *       └─► the guest refuses: concluded with the reason and -1
 * </pre>
 *
 * <p>Start at {@link io.jenkins.plugins.qemush.engine.task.GuestTasks}, all tasks of one machine; one of them is a
 * {@code GuestTask}; the guest's half is {@code start.sh} and {@code follow.sh}.
 */
package io.jenkins.plugins.qemush.engine.task;
