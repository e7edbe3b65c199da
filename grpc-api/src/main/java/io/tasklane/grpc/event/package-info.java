/** EventService: following the event log from any position that is still kept. */
package io.tasklane.grpc.event;
