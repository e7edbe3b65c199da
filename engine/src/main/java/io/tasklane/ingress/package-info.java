/**
 * Tasks by JMS: what systems that speak nothing else send to {@code tasklane.ingress}, and the
 * replies that they wait for.
 */
package io.tasklane.ingress;
