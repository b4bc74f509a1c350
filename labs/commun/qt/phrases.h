#ifndef PHRASES_H
#define PHRASES_H
#include <QAbstractSocket>

/** La phrase d'une erreur du réseau, avec ce qu'il reste à faire ; le port est celui qui était demandé. */
QString phrase(QAbstractSocket::SocketError erreur, quint16 port = 0);
#endif // PHRASES_H
