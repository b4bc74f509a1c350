// What the probe knows of each socket of the system.
#pragma once
#include <string>
#include <sys/types.h>
#include <vector>

namespace probe {

/** From now on, sockets are watched. */
void startSockets();
/** Tells what waits; nothing is watched any more. */
void stopSockets();
/** The number of the socket behind a descriptor, 0 when there is none. */
int numberOf(int descriptor);
/** While it lives, what this thread does to sockets is not told: it is the probe that does it. */
class Quiet
{
public:
    Quiet();
    ~Quiet();
};

/** Tells the groups that waited long enough; µs before the next one, -1 when none waits. */
long long flushSockets();
/** The same for the signals. In objects.cpp. */
long long flushSignals();

/** The lines of the program that gave these bytes, which a TCP socket sends now. In objects.cpp. */
std::vector<std::string> sitesOfBytes(int descriptor, size_t size);
/** The line of the program that sends a datagram now. In objects.cpp. */
std::vector<std::string> sitesOfDatagram();

} // namespace probe
