// What the probe knows of each socket of the system.
#pragma once
#include <string>
#include <sys/types.h>

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

/** The line of the program that gave these bytes, which a TCP socket sends now; empty when unknown. In objects.cpp. */
std::string siteOfBytes(int descriptor, size_t size);
/** The line of the program that sends a datagram, in this thread; empty when none does. In objects.cpp. */
std::string siteOfDatagram();

} // namespace probe
