package io.tasklane.node;

/**
 * The file that a start of a node holds locked, as its lease tells others.
 *
 * @param host where it is; locks are known there alone
 * @param path of it
 * @param id of the very file, whatever stands at that path for others; empty where there is none
 */
record LockFile(String host, String path, String id) {}
