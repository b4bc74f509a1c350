#ifndef SORTIE_H
#define SORTIE_H
#include <QCoreApplication>

/** Arrête le programme avec ce code, une fois les signaux en cours traités, même si exec() n'a pas commencé. */
inline void terminer(int code)
{
    QMetaObject::invokeMethod(qApp, [code] { QCoreApplication::exit(code); }, Qt::QueuedConnection);
}
#endif // SORTIE_H
