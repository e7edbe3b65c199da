/** TriggerService: stores, shows, changes and deletes triggers. */
package io.tasklane.grpc.trigger;
