/** MonitoringService: how the system itself is. */
package io.tasklane.grpc.monitor;
