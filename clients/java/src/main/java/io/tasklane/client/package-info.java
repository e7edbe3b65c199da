/**
 * The client: creates tasks and workflows and waits for them, follows events, keeps facts and
 * artifacts. {@link io.tasklane.client.TasklaneClient} is where to begin. It knows nothing of the
 * server but the contract.
 */
package io.tasklane.client;
